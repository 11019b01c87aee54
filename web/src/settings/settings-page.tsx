export function SettingsPage(_: { readonly id?: number; readonly section?: string }) {
  return <p>SettingsPage</p>
}
