"""What can be wrong with a file before anything in it is understood (rule SPEC001)."""

from __future__ import annotations

from campaigncheck.messages import Message, Text
from campaigncheck.source.place import START, Place


class SourceError(Exception):
    """A file that cannot be read as YAML: where, what is wrong, how to mend it."""

    def __init__(self, message: Message, hint: Message, place: Place = START) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint
        self.place = place


class ChangedError(Exception):
    """A file that says something else than it did when it was first read."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.message = CHANGED(path=path)
        self.hint = CHANGED_HINT()


class RefusalError(Exception):
    """Raised inside the YAML pass with character offsets; turned into a :class:`SourceError`."""

    def __init__(self, message: Message, hint: Message, start: int, end: int) -> None:
        super().__init__(message.render("en"))
        self.message = message
        self.hint = hint
        self.span = (start, end)


CHANGED = Text("{path} 在检查过程中被改动了", "{path} changed while it was being checked")
CHANGED_HINT = Text("请等它保存好再检查一次。", "Check again once it is saved.")
DUPLICATE_KEY = Text("“{key}”写了两次", "“{key}” is written twice")
DUPLICATE_KEY_HINT = Text(
    "同一层里每个字段只能写一次；请合并成一个，或删掉多余的那个（第一次在第 {line} 行）。",
    "A field may stand once in one place: merge the two or delete one (the first is on line {line}).",
)
ODD_KEY = Text("这里的字段名不是文字", "this field name is not plain text")
ODD_KEY_HINT = Text(
    "字段名写成“名字: 值”的样子；如果本来是要写文字，请把整句加上引号。",
    "Write “name: value”; if this was meant to be text, put the whole sentence in quotes.",
)
MERGE_KEY_HINT = Text(
    "这里不支持 YAML 的合并写法（<<），请把要用的字段直接写出来。",
    "YAML's merge key (<<) is not supported: write out the fields that are meant.",
)
TOO_DEEP = Text("嵌套超过 {limit} 层", "nested deeper than {limit} levels")
TOO_DEEP_HINT = Text(
    "营销案用不到这么深的层次，多半是缩进或括号写错了，请从这一行往上检查。",
    "No campaign needs this depth; look upwards from here for a wrong indent or bracket.",
)
EXPLODES = Text("引用（*{name}）展开以后内容过多", "the alias *{name} expands to too much")
EXPLODES_HINT = Text(
    "层层引用会让内容成倍膨胀，最多展开 {limit} 个值；请直接写出要用的内容。",
    "Nested aliases multiply; at most {limit} values are allowed. Write out what is meant.",
)
UNKNOWN_ALIAS = Text("引用了没有定义的“*{name}”", "the alias *{name} is not defined before this")
UNKNOWN_ALIAS_HINT = Text(
    "要写以星号开头的文字，请加引号；要引用别处的内容，先在那里写 &{name}，而且不能引用自己。",
    "To write text that begins with *, quote it; to refer to a value, mark it with &{name} first, not inside itself.",
)
TAG = Text("不支持类型标记“{tag}”", "the tag “{tag}” is not allowed")
TAG_HINT = Text(
    "请删掉这个标记；要当作文字的值加上引号即可。",
    "Delete the tag; a value that is meant as text only needs quotes.",
)
TWO_DOCUMENTS = Text("一个文件里有两份内容（---）", "the file holds two documents (---)")
TWO_DOCUMENTS_HINT = Text(
    "一个文件只写一个营销案，请把“---”后面的部分另存成一个文件。",
    "One file, one campaign: move what follows “---” into a file of its own.",
)
EMPTY = Text("文件是空的", "the file is empty")
EMPTY_HINT = Text(
    "请写入内容，或删除这个文件；字段可以用 campaigncheck schema 查看。",
    "Write the content or delete the file; `campaigncheck schema` shows the fields.",
)
NOT_A_MAPPING = Text("最外层不是“字段: 值”的结构", "the top level is not “field: value”")
NOT_A_MAPPING_HINT = Text(
    "第一行应当像“spec: 1”；请检查冒号是不是半角，冒号后面有没有空格。",
    "The first line should look like “spec: 1”; use a half-width colon with a space after it.",
)
TAB = Text("这里有制表符（Tab）", "there is a tab character here")
TAB_HINT = Text(
    'YAML 不能用 Tab 缩进或对齐，请换成空格；正文里确实需要时写成带双引号的 "\\t"。',
    'Tabs may not indent or align YAML: use spaces; where text really needs one, write "\\t" in double quotes.',
)
CONTROL = Text("这里有看不见的控制字符（{code}）", "there is an invisible control character here ({code})")
CONTROL_HINT = Text(
    "多半是从别的软件粘贴带进来的，请删掉这个字符；如果整份文件都是乱码，它可能不是文本文件。",
    "It probably came in by pasting: delete it. If the whole file looks garbled, it is no text file.",
)
NOT_UTF8 = Text("文件不是 UTF-8 编码", "the file is not UTF-8")
NOT_UTF8_HINT = Text(
    "这里的字节看上去像 {encoding}；请在编辑器里选择“另存为 UTF-8”。",
    "The bytes here look like {encoding}; save the file as UTF-8 in your editor.",
)
NOT_UTF8_BINARY_HINT = Text(
    "它看上去不是文本文件；营销案是 UTF-8 文本，扩展名为 .yaml。",
    "It does not look like a text file; a campaign is UTF-8 text named .yaml.",
)
TOO_LARGE = Text("文件有 {size}，超过 {limit} 的上限", "the file has {size}, more than the limit of {limit}")
TOO_LARGE_HINT = Text(
    "一个营销案一般不到 20 KB；请检查是不是放错了文件，图片和附件不要写进来。",
    "A campaign has less than 20 KB as a rule: check that this is the right file; leave pictures out.",
)
LARGE_TABLE_HINT = Text("请检查是不是放错了文件。", "Check that this is the right file.")
UNREADABLE = Text("读不了这个文件：{reason}", "the file cannot be read: {reason}")
UNREADABLE_HINT = Text(
    "请检查文件是否存在、有没有读取权限、链接是否指向自己。",
    "Check that it exists, that you may read it, and that a link does not point at itself.",
)
FOLDER = Text("这是文件夹，或者指向文件夹的链接", "it is a folder, or a link to one")
FOLDER_HINT = Text(
    "指向文件夹的链接不会跟进去，里面的营销案都没有检查。请把文件夹本身移过来，或者删掉链接、检查时写明文件夹的路径。",
    "Links to folders are not followed, and no campaign in there was checked. Move the folder itself here, or delete "
    "the link and name the folder's path.",
)
SYNTAX = Text("YAML 写法有误", "this is not valid YAML")
SYNTAX_HINT = Text(
    "请检查这一行和上一行的缩进、冒号、引号和括号。（解析器原话：{problem}）",
    "Check indentation, colons, quotes and brackets here and on the line before. (The parser says: {problem})",
)
