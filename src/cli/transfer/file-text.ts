import { isUtf8 } from 'node:buffer'

/** The text of a file, and a notice if it is not in UTF-8. */
export function decodeFile(bytes: Buffer): { text: string; notice?: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode(bytes, 'utf-16le') }
  if (isUtf8(bytes)) return { text: decode(bytes, 'utf-8') }
  return {
    text: bytes
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (byte) => WINDOWS[byte.charCodeAt(0) - 0x80] ?? byte),
    notice: `line ${firstBrokenLine(bytes)} is not UTF-8: the file is read as Windows-1252 (Latin-1).`,
  }
}

/**
 * What Windows-1252 has where Latin-1 has control characters: some versions of Node take the one for the other. The five
 * bytes that it leaves undefined stay what they are.
 */
const WINDOWS = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ']

/** TextDecoder removes a byte order mark. */
const decode = (bytes: Buffer, encoding: string) => new TextDecoder(encoding).decode(bytes)

function firstBrokenLine(bytes: Buffer): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(10, start)
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
}
