/** Languages in which a transcript can be had. */
export type TranscriptLocale = 'de' | 'en';

/** What a transcript says by itself. */
export type TranscriptTexts = {
  readonly title: (company: string, number: number) => string;
  readonly made: (time: string, zone: string) => string;
  readonly you: string;
  readonly file: (name: string) => string;
  readonly edited: string;
  readonly deleted: string;
  readonly unreadable: string;
  /** File name without its ending. */
  readonly fileName: (number: number) => string;
};

/** See `TranscriptTexts`. */
export const TRANSCRIPT_TEXTS: Readonly<Record<TranscriptLocale, TranscriptTexts>> = {
  de: {
    title: (company, number) => `Unterhaltung ${number} mit ${company}`,
    made: (time, zone) => `Abschrift vom ${time} (${zone})`,
    you: 'Sie',
    file: (name) => `Datei: ${name}`,
    edited: 'geändert',
    deleted: 'Diese Nachricht wurde gelöscht.',
    unreadable: 'Diese Nachricht ist verschlüsselt; lesbar ist sie nur dort, wo Sie geschrieben haben.',
    fileName: (number) => `unterhaltung-${number}`,
  },
  en: {
    title: (company, number) => `Conversation ${number} with ${company}`,
    made: (time, zone) => `Transcript of ${time} (${zone})`,
    you: 'You',
    file: (name) => `File: ${name}`,
    edited: 'edited',
    deleted: 'This message was deleted.',
    unreadable: 'This message is encrypted; it can be read only where you wrote.',
    fileName: (number) => `conversation-${number}`,
  },
};
