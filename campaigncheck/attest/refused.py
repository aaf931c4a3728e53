"""Why a clearance, an envelope or a key is refused."""

from __future__ import annotations

from campaigncheck.messages import Message, Text


class RefusedError(Exception):
    """Something that is signed, or signs, cannot be accepted."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.render("en"))
        self.message = message


TOO_LARGE = Text("内容超过 {limit} MiB", "it has more than {limit} MiB")
NO_JSON = Text("不是 JSON，或者被改坏了", "it is no JSON, or was damaged")
NOT_CANONICAL = Text(
    "字节被改动过：不是签发时的写法", "its bytes were changed: this is not the form in which clearances are written"
)
NO_ENVELOPE = Text("不是 DSSE 信封：字段不对", "it is no DSSE envelope: its fields are not those of one")
PAYLOAD_TYPE = Text("内容类型是“{given}”，不是上线许可", "its payload type is “{given}”, which is no clearance's")
NO_BASE64 = Text("{field} 不是规范的 base64", "{field} is not base64 in its canonical form")
NO_SIGNATURE = Text("没有签名", "it carries no signature")
MANY_SIGNATURES = Text("签名多于 {limit} 个", "it carries more than {limit} signatures")
SIGNED_TWICE = Text("同一把密钥签了两次", "one key signed it twice")
UNTRUSTED_KEY = Text(
    "签名的密钥（{key}）不在检查尺度认可的密钥里", "the key that signed it ({key}) is none that the policy trusts"
)
ALGORITHM = Text("检查尺度不认可签名算法 {name}", "the policy does not allow the signature algorithm {name}")
BAD_SIGNATURE = Text("签名不对：内容或签名被改动过", "the signature is wrong: the content or the signature was changed")
NO_STATEMENT = Text("签名的内容不是上线许可", "what is signed is no clearance")
NO_PUBLIC_KEY = Text(
    "不是 Ed25519 公钥（PEM，或 32 字节的 base64）", "it is no Ed25519 public key (PEM, or 32 bytes in base64)"
)
NO_PRIVATE_KEY = Text(
    "不是没有加密的 Ed25519 私钥（PEM，PKCS8）", "it is no unencrypted Ed25519 private key (PEM, PKCS8)"
)
WEAK_KEY = Text("这个公钥不安全：谁都能造出它的签名", "this public key is unsafe: anybody can forge its signatures")
