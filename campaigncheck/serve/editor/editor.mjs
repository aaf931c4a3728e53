// The editor of the page: CodeMirror with YAML, marks at lines, and nothing that the page does not use.
// Bundled into ../assets/editor.js by `python -m campaigncheck.maintenance.editor`.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { forEachDiagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: "y-key" },
  { tag: [tags.string, tags.content, tags.attributeValue], class: "y-text" },
  { tag: [tags.comment, tags.lineComment], class: "y-comment" },
  { tag: [tags.meta, tags.keyword, tags.labelName, tags.typeName], class: "y-meta" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], class: "y-mark" },
]);

/** The offset of a place that counts lines and characters (not UTF-16 units) from 1. */
function offset(doc, line, column) {
  if (line > doc.lines) return doc.length;
  const found = doc.line(Math.max(1, line));
  const before = Array.from(found.text).slice(0, Math.max(0, column - 1)).join("");
  return Math.min(found.from + before.length, found.to);
}

/** What a mark covers; one of nothing covers the next character, or the one before, so that it is seen. */
function extent(doc, place) {
  const from = offset(doc, place.line, place.column);
  const to = Math.max(from, offset(doc, place.end_line, place.end_column));
  if (from < to) return { from, to };
  const line = doc.lineAt(from);
  return from < line.to ? { from, to: from + 1 } : { from: Math.max(line.from, from - 1), to: from };
}

/**
 * Make an editor.
 * @param parent where it goes; `options`: `label`, `nonce` for its styles, `phrases`, `placeholder`, `onChange(text)`, `keys`.
 */
export function makeEditor(parent, { label, describedBy, nonce, phrases, onChange, keys }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        nonce ? EditorView.cspNonce.of(nonce) : [],
        EditorState.phrases.of(phrases),
        EditorState.tabSize.of(2),
        lineNumbers(),
        lintGutter(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        syntaxHighlighting(colours),
        yaml(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": describedBy, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
        // Tab is left to the browser: who works without a mouse gets out of the editor by it.
        keymap.of([...keys, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => { if (update.docChanged) onChange(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    /** The text as it is now. */
    text: () => view.state.doc.toString(),
    /** Put another text in the place of everything. */
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true });
    },
    /** Mark what was found: `{line, column, end_line, end_column, severity, message, hint, source}`. */
    mark(found) {
      const doc = view.state.doc;
      const marks = found.map((item) => ({
        ...extent(doc, item),
        severity: item.severity === "note" ? "info" : item.severity,
        source: item.source,
        message: item.message,
        renderMessage() {
          const box = document.createElement("div");
          for (const [name, text] of [["y-message", item.message], ["y-hint", item.hint]]) {
            const line = document.createElement("p");
            line.className = name;
            line.textContent = text;
            box.append(line);
          }
          return box;
        },
      }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    /** How many marks there are. */
    marks() {
      let count = 0;
      forEachDiagnostic(view.state, () => { count += 1; });
      return count;
    },
    /** Go to a place and select what is there. */
    go(place) {
      const { from, to } = extent(view.state.doc, place);
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
  };
}
