// The text in a file, whatever program has saved it, as nn/tables/text_files.py decodes it: UTF-8, UTF-16 by its mark
// or by its zeros, and where neither fits Windows-1252.
"use strict";

const WIDE_MARKS = [["utf-16le", [0xff, 0xfe]], ["utf-16be", [0xfe, 0xff]]];
const MOST_CONTROLS = 0.01; // of the bytes: real text has almost none, and Windows-1252 would read any file at all
const LOOKED_AT = 65536;

// {text, notes}: what is to be said of how it was read.
export function decoded(bytes) {
  const begins = (mark) => mark.every((byte, i) => bytes[i] === byte);
  if (begins([0x50, 0x4b, 3, 4])) throw new Error(
    "it is an Excel file or another archive; save the table as CSV (glassgrad train reads Excel files)");
  const [wide] = WIDE_MARKS.find(([, mark]) => begins(mark)) || [widthOf(bytes.subarray(0, 4096))];
  if (wide) return { text: new TextDecoder(wide).decode(bytes), notes: ["read as UTF-16"] };
  const start = bytes.subarray(0, LOOKED_AT);
  const binary = new Error("it is a binary file; wanted a CSV file (text)");
  if (bytes.includes(0)) throw binary;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const controls = start.filter((byte) => byte < 32 && ![9, 10, 12, 13].includes(byte)).length;
    if (controls > MOST_CONTROLS * start.length) throw binary;
    return { text: new TextDecoder("windows-1252").decode(bytes), notes: ["not UTF-8: read as Windows-1252"] };
  }
}

// UTF-16 without a mark: most text has a zero at every second place; null for anything else.
function widthOf(start) {
  const half = start.length >> 1;
  const zeros = [0, 1].map((first) => start.slice(0, 2 * half).filter((byte, i) => i % 2 === first && !byte).length);
  if (half < 4) return null;
  if (zeros[1] > 0.7 * half && zeros[0] < 0.1 * half) return "utf-16le";
  return zeros[0] > 0.7 * half && zeros[1] < 0.1 * half ? "utf-16be" : null;
}
