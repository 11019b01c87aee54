/**
 * Spreadsheets run a cell that begins like a formula. An export puts an apostrophe before such a text, and one
 * more before a text that has the apostrophe already, so that an import can take away exactly one.
 */
export const guard = (text: string): string => (/^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)

export const unguard = (cell: string): string => (/^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell)
