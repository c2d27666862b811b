/** The editor ships its grammar without types; this is what we use of it. */
declare module "monaco-editor/languages/definitions/typescript/typescript" {
  export const language: { readonly keywords: string[] };
}
