// Puts values into a catalogue sentence. The renderer uses i18next for the same {{name}} form.

/** Replaces every {{name}} with its value; a missing value stays visible as {{name}}. */
export function interpolate(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
