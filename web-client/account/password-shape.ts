/** Fewest characters of a password; the server, which judges it, says the same. */
const SHORTEST = 15;

/** Whether a password is too short as it stands, so that nobody need be asked. */
export const isShortPassword = (password: string): boolean => Array.from(password.normalize('NFKC')).length < SHORTEST;
