import { z } from 'zod';

/**
 * What a visitor may send: one shape for each type of event, strict and bounded. What Matrix calls a fallback (the "* " of an
 * edit) and what the server knows better than a browser (type and size of a file) is not taken from the request.
 */

// The homeserver answers such a text with an error of its own, and a panel that repeats what failed would repeat it for ever.
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

const text = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(10_000)
    .refine(isStorable, 'must not hold the character NUL or half of a pair of surrogates')
    .describe('Plain text, 1 to 10,000 characters.');

const eventId = () =>
  z
    .string()
    .regex(/^\$[\w./+=:-]{1,254}$/, 'must be a Matrix event id like $abc')
    .describe('An event of this conversation.');

const reply = z
  .strictObject({ 'm.in_reply_to': z.strictObject({ event_id: eventId() }).describe('What is answered.') })
  .describe('Answers an event.');

const replacement = z
  .strictObject({ rel_type: z.literal('m.replace').describe('An edit.'), event_id: eventId() })
  .describe('Edits an own message.');

const plainText = z.strictObject({ msgtype: z.literal('m.text').describe('Matrix message type.'), body: text() });

const textContent = plainText
  .extend({
    'm.new_content': plainText.optional().describe('The new text, with rel_type m.replace only.'),
    'm.relates_to': z
      .union([reply, replacement], { error: 'must be {"m.in_reply_to": {"event_id"}} or {"rel_type": "m.replace", "event_id"}' })
      .optional()
      .describe('What the text answers or edits.'),
  })
  .superRefine((content, context) => {
    const isEdit = content['m.relates_to'] !== undefined && 'rel_type' in content['m.relates_to'];
    if (isEdit === (content['m.new_content'] !== undefined)) return;
    const [path, message] = isEdit ? ['m.new_content', 'must hold the new text of an edit'] : ['m.relates_to', 'must name what is edited'];
    context.addIssue({ code: 'custom', path: [path], message });
  })
  .describe('Text, an answer, or an edit of an own text.');

const number = (limit: number, sentence: string) => z.int().min(0).max(limit).optional().describe(sentence);

const fileContent = <Name extends 'm.image' | 'm.file' | 'm.audio' | 'm.video'>(msgtype: Name) =>
  z
    .strictObject({
      msgtype: z.literal(msgtype).describe('Matrix message type.'),
      body: z.string().max(1_000).refine(isStorable, 'must not hold the character NUL').describe('Name of the file; it is cleaned.'),
      url: z
        .string()
        .max(600)
        .regex(/^mxc:\/\/[a-z0-9][a-z0-9.-]*(:\d{1,5})?\/[\w-]{1,255}$/i, 'must be the url of an upload of this visitor')
        .describe('Address of an upload to this conversation.'),
      info: z
        .strictObject({
          w: number(100_000, 'Width in pixels.'),
          h: number(100_000, 'Height in pixels.'),
          duration: number(86_400_000, 'Milliseconds of audio or video.'),
          size: number(Number.MAX_SAFE_INTEGER, 'Octets; the server writes what it counted.'),
          mimetype: z.string().max(120).optional().describe('Media type; the server writes what it found.'),
        })
        .optional()
        .describe('About the file.'),
      'm.relates_to': reply.optional(),
    })
    .describe('A file that was uploaded before.');

const voiceContent = fileContent('m.audio').extend({
  'org.matrix.msc3245.voice': z.strictObject({}).optional().describe('Marks a voice message (MSC3245).'),
});

const VARIATION = '\ufe0f';

/** Whether a text is one emoji, with or without the sign that asks for its coloured form. */
function isEmoji(key: string): boolean {
  const bare = key.replaceAll(VARIATION, '');
  return [key, bare, bare + VARIATION].some((candidate) => /^\p{RGI_Emoji}$/v.test(candidate));
}

const reactionContent = z.strictObject({
  'm.relates_to': z
    .strictObject({
      rel_type: z.literal('m.annotation').describe('A reaction.'),
      event_id: eventId(),
      key: z.string().max(32).refine(isEmoji, 'must be one emoji').describe('One emoji.'),
    })
    .describe('What is reacted to, and with what.'),
});

const redactionContent = z.strictObject({ redacts: eventId() });

/** What the types have in common. */
const common = {
  conversationId: z.uuid().optional().describe('Conversation to write to; without it the latest open one, or a new one.'),
  newConversation: z
    .literal(true)
    .optional()
    .describe('Begins a new conversation beside those that are open; without conversationId only.'),
  txnId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 letters, digits, _ or -')
    .describe("The client's id of this event; sending it again has no effect."),
  fields: z
    .record(z.string().max(40), z.string().max(1_000))
    .optional()
    .describe('Values of fields that the company asks for, by key; kept with the event, never in Matrix.'),
};

/** Body of `POST /api/v1/visitor/events`: a message, a reaction, or taking one of both back. */
export const sendEventRequest = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('m.room.message').describe('Matrix event type.'),
    content: z
      .discriminatedUnion('msgtype', [textContent, fileContent('m.image'), fileContent('m.file'), voiceContent, fileContent('m.video')])
      .describe('Text, or a file uploaded before.'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('m.reaction').describe('Matrix event type.'),
    content: reactionContent.describe('The reaction.'),
  }),
  z.strictObject({
    ...common,
    type: z.literal('m.room.redaction').describe('Matrix event type.'),
    content: redactionContent.describe('The own event that loses its content.'),
  }),
]);
/** See `sendEventRequest`. */
export type SendEventRequest = z.input<typeof sendEventRequest>;
/** A request as the server has it, decoded. */
export type SentEvent = z.output<typeof sendEventRequest>;
