// None of these can carry a script, a style or a link; SVG, HTML and XML can.
const IMAGE = /^image\/(?:png|jpeg|gif|webp|avif)$/;
const SOUND_OR_FILM = /^(?:audio|video)\/(?:mpeg|ogg|mp4|webm|wav|x-wav|wave|aac|flac|quicktime)$/;

/** A media type without its parameters, in small letters. */
export const plainType = (type: string | null | undefined): string => (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Whether a browser may show a picture of this type in place. */
export const isInlinePicture = (type: string): boolean => IMAGE.test(plainType(type));

/** Whether a browser may show or play this type in place; everything else is octets to be saved. */
export const isInline = (type: string): boolean => isInlinePicture(type) || SOUND_OR_FILM.test(plainType(type));
