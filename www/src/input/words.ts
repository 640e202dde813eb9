// A whole number in Vietnamese words, as they stand on papers: 105 is “một trăm linh năm”.

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const UNITS = ["", " nghìn", " triệu", " tỷ"];

/** 320000000 as “Ba trăm hai mươi triệu đồng”; empty beyond what papers write. */
export function dong(amount: number): string {
  if (!Number.isSafeInteger(amount) || amount < 1 || amount >= 1e15) return "";
  const words = `${reading(amount)} đồng`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function reading(amount: number): string {
  const billions = Math.floor(amount / 1e9);
  if (billions >= 1_000) return join(`${reading(billions)} tỷ`, groups(amount % 1e9, true));
  return groups(amount, false);
}

function groups(amount: number, follows: boolean): string {
  let words = "";
  for (let unit = 3; unit >= 0; unit -= 1) {
    const group = Math.floor(amount / 1_000 ** unit) % 1_000;
    if (group > 0) words = join(words, `${three(group, follows || words !== "")}${UNITS[unit]}`);
  }
  return words;
}

/** Three digits; after a larger group the hundreds are always said. */
function three(group: number, follows: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10] as const;
  const hundred = hundreds > 0 || follows ? `${DIGITS[hundreds]} trăm` : "";
  return join(hundred, two(tens, ones, hundred !== ""));
}

function two(tens: number, ones: number, follows: boolean): string {
  if (tens === 0) return ones === 0 ? "" : `${follows ? "linh " : ""}${DIGITS[ones]}`;
  const ten = tens === 1 ? "mười" : `${DIGITS[tens]} mươi`;
  const one = ones === 1 && tens > 1 ? "mốt" : ones === 5 ? "lăm" : (DIGITS[ones] ?? "");
  return ones === 0 ? ten : `${ten} ${one}`;
}

const join = (left: string, right: string): string => [left, right].filter((part) => part !== "").join(" ");
