export function ImportPage(_: { readonly id?: number; readonly section?: string }) {
  return <p>ImportPage</p>
}
