/** How wide a text is, without a screen to measure it: for system fonts, on the wide side, so that nothing runs over. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text) {
    if (/[\s.,:;'|!iljіft()-]/u.test(letter)) em += 0.34;
    else if (/[шщжмюфыъwmШЩЖМЮФЫWM%₸]/u.test(letter)) em += 0.86;
    else if (/\p{Lu}/u.test(letter)) em += 0.7;
    else em += 0.58;
  }
  return em * size;
}

/**
 * The text in lines of at most `width`, broken between words; a word longer than a line is broken inside. Of more than `most` lines the
 * rest is cut with an ellipsis: the table has it whole.
 */
export function wrapText(text: string, width: number, size: number, most = 3): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n\t]+/u).flatMap((word) => pieces(word, width, size))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortened(`${lines[most - 1]} ${lines[most]}`, width, size)];
}

/** The text, or as much of its beginning as fits with an ellipsis. */
function shortened(text: string, width: number, size: number): string {
  const letters = Array.from(text);
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

function pieces(word: string, width: number, size: number): readonly string[] {
  if (textWidth(word, size) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && textWidth(piece + letter, size) > width) {
      found.push(piece);
      piece = "";
    }
    piece += letter;
  }
  return [...found, piece];
}
