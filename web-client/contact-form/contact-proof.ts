/** Works for a form that is under attack: finds a number whose hash with the form's token begins with enough zero bits. */

const encoder = new TextEncoder();

/** Finds the number; a thousand hashes at a time leave the page alive. */
async function findProof(token: string, bits: number): Promise<string> {
  for (let number = 0; ; number += 1) {
    const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${token}:${number}`));
    if (new DataView(hash).getUint32(0) >>> (32 - bits) === 0) return String(number);
  }
}

const proof = document.querySelector<HTMLInputElement>('input[name=proof]');
const token = document.querySelector<HTMLInputElement>('input[name=token]');
const form = proof?.form;

if (proof && token && form) {
  // Begun at once: who reads and writes for a while waits for nothing.
  const work = findProof(token.value, Number(proof.dataset['bits'])).then((found) => (proof.value = found));
  form.addEventListener('submit', (event) => {
    if (proof.value !== '') return;
    event.preventDefault();
    form.ariaBusy = 'true';
    void work.then(() => form.submit());
  });
}
