/** Whether an Accept-Encoding header (RFC 9110, 12.5.3) allows a coding. */
export function acceptsCoding(header: string | string[] | undefined, coding: 'gzip' | 'br'): boolean {
  return String(header ?? '')
    .split(',')
    .some((one) => {
      const [name = '', quality] = one.split(';').map((part) => part.trim().toLowerCase())
      const weight = quality === undefined ? '1' : quality.replace(/^q=/, '')
      const named = name.replace(/^x-gzip$/, 'gzip')
      return (named === coding || named === '*') && Number(weight) > 0
    })
}
