/** The runs of so many characters in a text, in their order. */
export function gramsIn(text: string, length: number): string[] {
  const characters = [...text]
  return characters.slice(length - 1).map((_, at) => characters.slice(at, at + length).join(''))
}
