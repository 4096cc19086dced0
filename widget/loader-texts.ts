/** What the launcher says before anything is loaded; other languages read English until the panel speaks. */
export type LauncherTexts = {
  /** Name of the button. */
  readonly open: string;
  /** Name of the button while the panel is open. */
  readonly close: string;
  /** Stands behind the number of unread messages. */
  readonly unread: string;
  /** Shown when the panel did not come. */
  readonly unreachable: string;
};

const german: LauncherTexts = {
  open: 'Chat öffnen',
  close: 'Chat schließen',
  unread: 'ungelesen',
  unreachable: 'Der Chat ist gerade nicht erreichbar.',
};

const english: LauncherTexts = {
  open: 'Open chat',
  close: 'Close chat',
  unread: 'unread',
  unreachable: 'The chat cannot be reached.',
};

/** Texts in the language of the page. */
export const launcherTexts = (locale: string): LauncherTexts => (/^de/i.test(locale) ? german : english);
