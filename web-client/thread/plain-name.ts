// Marks that turn the direction of what follows (U+202E and its kin), characters without a width, and control characters.
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** A name that somebody gave themselves, without what makes it read as another one or changes what stands beside it. */
export const plainName = (name: string): string => name.replaceAll(UNSEEN, '').trim().slice(0, 120);
