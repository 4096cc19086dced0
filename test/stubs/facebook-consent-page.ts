/** Value of the button with which somebody refuses. */
export const NOT_NOW = 'not-now';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The dialog of the stub: who is asked says who they are, and may keep the e-mail address back. */
export function consentPage(query: URLSearchParams): string {
  return `<!doctype html>
<html lang="en">
  <title>Log in with the Facebook of the tests</title>
  <h1>The app wants your name and e-mail address</h1>
  <form method="post" action="?${escape(query.toString())}">
    <p><label>Id <input name="id" value="" required pattern="\\d+" /></label></p>
    <p><label>First name <input name="first_name" /></label></p>
    <p><label>Last name <input name="last_name" /></label></p>
    <p><label>E-mail <input name="email" type="email" /></label></p>
    <p><label><input name="allow_email" type="checkbox" checked /> Let the app see the e-mail address</label></p>
    <p><button name="decision" value="continue">Continue</button> <button name="decision" value="${NOT_NOW}" formnovalidate>Not now</button></p>
  </form>
</html>`;
}
