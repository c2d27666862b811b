/** Themes of highlighted code that keep 4.5:1 everywhere. The site's configuration names the same two for Markdown. */
export const CODE_THEMES = { light: "github-light-default", dark: "github-dark-default" } as const;
