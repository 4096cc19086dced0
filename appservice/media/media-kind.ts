/** Matrix message types of files (https://spec.matrix.org/v1.15/client-server-api/#mroommessage-msgtypes). */
export type FileMessage = 'm.image' | 'm.file' | 'm.audio' | 'm.video';

/** What is known of a media type. */
export type MediaKind = {
  /** How clients show it. */
  readonly msgtype: FileMessage;
  /** Endings that a name may have; the first is added to a name with another one. */
  readonly endings: readonly string[];
  /** Whether a browser may show it in place: it cannot carry a script, a style or a link. */
  readonly isInline: boolean;
};

const shown = (msgtype: FileMessage, ...endings: string[]): MediaKind => ({ msgtype, endings, isInline: true });
const kept = (...endings: string[]): MediaKind => ({ msgtype: 'm.file', endings, isInline: false });

/**
 * Every type that visitors may be allowed to send. What a browser could run (SVG, HTML, XML, scripts, programs, documents with
 * macros) is not among them and cannot be configured; `application/octet-stream` stands for everything that is not known.
 */
const KINDS = {
  'image/jpeg': shown('m.image', 'jpg', 'jpeg'),
  'image/png': shown('m.image', 'png'),
  'image/webp': shown('m.image', 'webp'),
  'image/gif': shown('m.image', 'gif'),
  'image/avif': shown('m.image', 'avif'),
  'audio/mpeg': shown('m.audio', 'mp3'),
  'audio/ogg': shown('m.audio', 'ogg', 'oga', 'opus'),
  'audio/mp4': shown('m.audio', 'm4a', 'mp4'),
  'audio/webm': shown('m.audio', 'weba', 'webm'),
  'audio/wav': shown('m.audio', 'wav'),
  'audio/aac': shown('m.audio', 'aac'),
  'audio/flac': shown('m.audio', 'flac'),
  'video/mp4': shown('m.video', 'mp4', 'm4v'),
  'video/webm': shown('m.video', 'webm'),
  'video/ogg': shown('m.video', 'ogv'),
  'video/quicktime': shown('m.video', 'mov', 'qt'),
  'application/pdf': kept('pdf'),
  'text/plain': kept('txt', 'text', 'log', 'csv', 'tsv', 'md', 'json', 'yaml', 'yml', 'ini', 'conf', 'ics', 'vcf', 'eml', 'srt', 'vtt'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': kept('docx'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': kept('xlsx'),
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': kept('pptx'),
  'application/vnd.oasis.opendocument.text': kept('odt'),
  'application/vnd.oasis.opendocument.spreadsheet': kept('ods'),
  'application/vnd.oasis.opendocument.presentation': kept('odp'),
  'application/zip': kept('zip'),
  'application/octet-stream': kept('bin'),
} as const satisfies Record<string, MediaKind>;

/** A media type that visitors may be allowed to send. */
export type MediaType = keyof typeof KINDS;

/** See `MediaType`; the config may name these and no others. */
export const MEDIA_TYPES = Object.keys(KINDS) as [MediaType, ...MediaType[]];

/** What a company that talks to people needs: pictures, sound, film and documents, no archives and nothing unknown. */
export const USUAL_MEDIA_TYPES: readonly MediaType[] = MEDIA_TYPES.filter(
  (type) => !['application/zip', 'application/octet-stream'].includes(type),
);

/** Stands for content of no known type. */
export const UNKNOWN_TYPE = 'application/octet-stream' satisfies MediaType;

const isMediaType = (type: string): type is MediaType => Object.hasOwn(KINDS, type);

/** What is known of a type; all others are a file like any other. */
export function kindOf(type: string): MediaKind {
  return KINDS[isMediaType(type) ? type : UNKNOWN_TYPE];
}

/** A type of the table, `UNKNOWN_TYPE` for one that is not in it. */
export function toMediaType(type: string): MediaType {
  return isMediaType(type) ? type : UNKNOWN_TYPE;
}
