/** Takes away the lines in which clients before Matrix 1.13 repeat the message that is replied to; each begins with ">". */
export function withoutReplyFallback(body: string): string {
  return body.startsWith('> ') ? body.replace(/^(> [^\n]*\n)+\n?/, '') : body;
}
