import { isEdit, objectAt } from './event-relation.ts';

type Content = Readonly<Record<string, unknown>>;
type Shown = { readonly type: string; readonly content: Content };

const MESSAGE = 'm.room.message';

/** Types by which a poll begins: clients send the second one, from before the proposal was taken up. */
const POLLS: ReadonlySet<string> = new Set(['m.poll.start', 'org.matrix.msc3381.poll.start']);

/** Whether an event says something by itself, with `m.room.message` or otherwise. */
export const saysSomething = (type: string): boolean =>
  type === MESSAGE || type === 'm.room.encrypted' || type === 'm.sticker' || POLLS.has(type);

/** The words of an extensible content (MSC1767), old and new; undefined where there are none. */
function wordsIn(content: Content): string | undefined {
  const { 'org.matrix.msc1767.text': old, 'm.text': versions } = content;
  const plain = Array.isArray(versions)
    ? versions.map((version: unknown) => Object(version) as Content).find(({ mimetype = 'text/plain' }) => mimetype === 'text/plain')
    : undefined;
  return [old, versions, plain?.['body']].find((words) => typeof words === 'string' && words !== '') as string | undefined;
}

/**
 * An event as a message where it says something that the person's side has no form of its own for: a sticker is a picture, a poll
 * is its question and answers in words, to which one answers in words. Undefined for all else.
 */
export function shownMessage({ type, content }: Shown): Shown | undefined {
  const isPoll = POLLS.has(type);
  if ((type !== 'm.sticker' && !isPoll) || isEdit(content)) return undefined;
  // What was taken back is empty, whatever it was.
  if (Object.keys(content).length === 0) return { type: MESSAGE, content };
  if (!isPoll) return { type: MESSAGE, content: { ...content, msgtype: 'm.image' } };
  const body = wordsIn(content);
  const relation = content['m.relates_to'] === undefined ? {} : { 'm.relates_to': objectAt(content, 'm.relates_to') };
  return body === undefined ? undefined : { type: MESSAGE, content: { msgtype: 'm.text', body, ...relation } };
}
