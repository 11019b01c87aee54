export function ClientTrash(_: { readonly id?: number; readonly section?: string }) {
  return <p>ClientTrash</p>
}
