// Finds questions, answers, terms and codes by Chinese, pinyin, initials, or a mixture; search_match.py says the same slowly.
// A character of a text takes itself or the beginning of one of its readings; all ways are followed at once, as bits.
"use strict";

window.campaigncheckFinder = function (data) {
  const MOST = 30, NOT = 0, INSIDE = 1, PREFIX = 2, EXACT = 3, NAME = 1, ANSWER = 2;
  const numbers = new Map(), chars = [];
  const starts = new Uint32Array(data.texts.length + 1);
  const codes = numbered();

  function folded(char) {
    let code = char.codePointAt(0);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    else if (code === 0x3000) code = 0x20;
    return String.fromCodePoint(code >= 65 && code <= 90 ? code + 32 : code);
  }

  // Every character of all texts as a number, one text after another.
  function numbered() {
    const plain = new Map();
    let size = 0;
    for (const text of data.texts) size += text.length;
    const found = new Uint16Array(size);
    let at = 0;
    data.texts.forEach((text, row) => {
      for (const char of text) {
        let number = plain.get(char);
        if (number === undefined) {
          const fold = folded(char);
          number = numbers.get(fold);
          if (number === undefined) { number = chars.push(fold) - 1; numbers.set(fold, number); }
          plain.set(char, number);
        }
        found[at++] = number;
      }
      starts[row + 1] = at;
    });
    return found;
  }

  // For each character and each place in the word: the places behind it, as bits.
  function steps(word) {
    const width = word.length, table = new Int32Array(chars.length * width);
    chars.forEach((char, number) => {
      const readings = (data.read[char] || "").split(" ");
      for (let from = 0; from < width; from++) {
        let bits = word[from] === char ? 2 << from : 0;
        for (const reading of readings) {
          for (let size = 0; size < reading.length && word[from + size] === reading[size]; size++) bits |= 2 << (from + size);
        }
        table[number * width + from] = bits;
      }
    });
    return table;
  }

  function onward(table, width, number, places) {
    let found = 0;
    for (let left = places; left; left &= left - 1) found |= table[number * width + 31 - Math.clz32(left & -left)];
    return found;
  }

  // How well a word fits each text.
  function fits(word) {
    const width = word.length, table = steps(word), done = 1 << width, open = done - 1;
    const begin = new Int32Array(chars.length), found = new Uint8Array(data.texts.length);
    for (let number = 0; number < chars.length; number++) begin[number] = table[number * width];
    for (let row = 0; row < found.length; row++) {
      const last = starts[row + 1];
      let inside = 0, first = 1, fit = NOT;
      for (let at = starts[row]; at < last; at++) {
        const number = codes[at];
        if (first) {
          first = onward(table, width, number, first & open);
          if (first & done) fit = at === last - 1 ? EXACT : Math.max(fit, PREFIX);
        }
        const went = inside & open;
        inside = went ? begin[number] | onward(table, width, number, went) : begin[number];
        if (inside & done && fit === NOT) fit = INSIDE;
        if (fit && !first) break;
      }
      found[row] = fit;
    }
    return found;
  }

  function words(query) {
    return [...[...query].map(folded)].slice(0, MOST).join("").split(" ").filter(Boolean).map((word) => [...word]);
  }

  function scored(wanted, at) {
    const flat = data.entries, name = data.cases[flat[at + 1]][1], asked = flat[at + 2], answered = flat[at + 3];
    let least = Infinity, most = 0;
    for (const fit of wanted) {
      const score = fit[asked] ? ANSWER + fit[asked] : fit[answered] ? ANSWER : fit[name] ? NAME : NOT;
      least = Math.min(least, score);
      most = Math.max(most, score);
    }
    return most > NAME ? least : NOT;
  }

  // The best results, as [number of the entry, score, live]; live(case) tells what comes first.
  function find(query, live = () => false) {
    const wanted = words(query).map(fits), hits = [], flat = data.entries;
    if (wanted.length === 0) return hits;
    for (let at = 0; at < flat.length; at += 4) {
      const score = scored(wanted, at);
      if (score) hits.push([at / 4, score, live(flat[at + 1])]);
    }
    return hits.sort((one, two) => two[2] - one[2] || two[1] - one[1] || one[0] - two[0]).slice(0, MOST);
  }

  // Where the words of a question stand in a text, as [from, to] in code units; the longest from each place on.
  function spans(query, text) {
    const units = [...text], found = [], wanted = words(query);
    const tables = wanted.map(steps);
    for (let from = 0; from < units.length;) {
      let end = from;
      wanted.forEach((word, which) => {
        for (let at = from, places = 1; at < units.length && places; at++) {
          const number = numbers.get(folded(units[at]));
          places = number === undefined ? 0 : onward(tables[which], word.length, number, places & ((1 << word.length) - 1));
          if (places & (1 << word.length)) end = Math.max(end, at + 1);
        }
      });
      if (end > from) found.push([from, end]);
      from = Math.max(end, from + 1);
    }
    const where = [0];
    for (const unit of units) where.push(where[where.length - 1] + unit.length);
    return found.map(([from, to]) => [where[from], where[to]]);
  }

  function entry(number) {
    const [kind, at, asked, answered] = data.entries.slice(4 * number, 4 * number + 4);
    const [page, name] = data.cases[at];
    return { kind: data.kinds[kind], page, name: data.texts[name], asked: data.texts[asked], answered: data.texts[answered] };
  }

  return { find, spans, entry };
};
