export function ExportButton(_: { readonly query: object }) {
  return null
}
