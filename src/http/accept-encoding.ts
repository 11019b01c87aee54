/** Whether an Accept-Encoding header (RFC 9110, 12.5.3) allows a coding. */
export function acceptsCoding(header: string | string[] | undefined, coding: 'gzip' | 'br'): boolean {
  return String(header ?? '')
    .split(',')
    .some((one) => {
      const [, name = '', weight = '1'] = /^\s*([^\s;]+)\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(one) ?? []
      const named = name.toLowerCase().replace(/^x-gzip$/, 'gzip')
      return (named === coding || named === '*') && Number(weight) > 0
    })
}
