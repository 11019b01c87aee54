export function ClientsPage(_: { readonly id?: number; readonly section?: string }) {
  return <p>ClientsPage</p>
}
