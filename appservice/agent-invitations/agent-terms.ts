import { createHash } from 'node:crypto';

/** Terms for people who answer for a company, as they are shown before somebody becomes one. */
export type AgentTerms = { readonly version: string; readonly text: readonly string[] };

/** Languages of the terms. */
export type TermsLocale = 'de' | 'en';

/** Changes with every change of a sentence: what was accepted is known by it and by the hash of the text. */
const VERSION = '2026-11';

const TEXT: Record<TermsLocale, readonly string[]> = {
  de: [
    'Was Menschen dem Unternehmen schreiben, ist vertraulich. Sie nutzen es nur, um ihnen zu antworten.',
    'Sie geben Ihren Zugang niemandem weiter und melden dem Unternehmen, wenn jemand anderes ihn haben könnte.',
    'Das Unternehmen sieht, was Sie in seinen Unterhaltungen schreiben. Es wählt den Namen, den Menschen dort von Ihnen lesen.',
    'Wenn Sie das Unternehmen verlassen oder es Sie entfernt, endet Ihr Zugang sofort. Was Sie geschrieben haben, bleibt dort.',
  ],
  en: [
    'What people write to the company is confidential. You use it only to answer them.',
    'You pass your access on to nobody, and you tell the company when somebody else may have it.',
    'The company sees what you write in its conversations. It chooses the name that people read there for you.',
    'When you leave the company, or it removes you, your access ends at once. What you have written stays there.',
  ],
};

/** The terms that are shown today. */
export const agentTerms = (locale: TermsLocale): AgentTerms => ({ version: VERSION, text: TEXT[locale] });

/** SHA-256 of the text of terms, as proof of what was shown. */
export const hashOfTerms = ({ text }: AgentTerms): string => createHash('sha256').update(text.join('\n')).digest('hex');
