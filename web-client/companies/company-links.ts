/** A way to tell others about a page; `privacyUrl` says what the network does with what it learns then. */
export type ShareLink = { readonly network: string; readonly href: string; readonly privacyUrl: string };

/** Address of the page of a company, which is what is shared. */
export const pageAddress = (origin: string, slug: string): string => `${origin}/companies/${encodeURIComponent(slug)}`;

/** Where a message to the company is written. */
export const writeAddress = (slug: string): string => `/conversations/new/${encodeURIComponent(slug)}`;

/** A letter to whomever the reader chooses. */
export const mailAddress = (name: string, address: string): string =>
  `mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(address)}`;

/** Plain links to networks (R14): nothing of theirs is loaded, and they learn of the reader what a click tells. */
export const shareLinks = (name: string, address: string): readonly ShareLink[] => [
  {
    network: 'WhatsApp',
    href: `https://wa.me/?text=${encodeURIComponent(`${name} ${address}`)}`,
    privacyUrl: 'https://www.whatsapp.com/legal/privacy-policy-eea',
  },
  {
    network: 'Facebook',
    href: `https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(address)}`,
    privacyUrl: 'https://www.facebook.com/privacy/policy/',
  },
];

/** A link that Matrix apps open as a chat with a user (https://spec.matrix.org/v1.15/appendices/#matrix-uri-scheme). */
export const matrixAddress = (userId: string): string =>
  `matrix:u/${encodeURIComponent(userId.replace(/^@/, '')).replaceAll('%3A', ':')}?action=chat`;

/** Link that opens a letter to whom people ask about their data; undefined where the company named a postal address. */
export const contactAddress = (contact: string): string | undefined =>
  /^[^\s@]+@[^\s@]+$/.test(contact) ? `mailto:${encodeURI(contact)}` : undefined;
