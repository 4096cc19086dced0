import type { Config } from '../../appservice/config.ts';

/** Text in a template of Jinja: neither markup nor a placeholder. */
const plain = (text: string): string => text.replaceAll(/[&<>"'{}%]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Frame of every page that Synapse shows. Its own one loads a picture from matrix.org, so that a third party would see each sign-in. */
const frame = ({ brand, publicOrigin }: Config): string => `<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <meta name="color-scheme" content="light">
    <title>{% block title %}{% endblock %} · ${plain(brand.name)}</title>
    <style type="text/css">
      {%- include 'style.css' without context %}
    </style>
    {% block header %}{% endblock %}
</head>
<body>
<header class="mx_Header"><a href="${plain(publicOrigin)}/" style="color: inherit; font-weight: 700; text-decoration: none">${plain(brand.name)}</a></header>
{% block body %}{% endblock %}
</body>
</html>
`;

/** Names the client to which a session is given, before it is given; in both languages, since Synapse knows none of the person. */
const confirmation = `{% extends "_base.html" %}
{% block title %}Weiter in Ihre App{% endblock %}
{% block header %}
<style type="text/css">
  body { max-width: 440px; margin: 0 auto; padding: 0 20px 40px; background: #fff; color: #1a2129; font: 16px/1.5 system-ui, sans-serif; }
  .mx_Header { padding: 24px 0; text-align: start; border: 0; }
  h1 { margin: 24px 0 8px; font-size: 28px; line-height: 1.2; text-align: start; }
  p { margin: 0 0 12px; overflow-wrap: anywhere; }
  [lang="en"] { color: #55606c; font-size: 14px; }
  .go { display: block; margin: 24px 0; padding: 12px 20px; border-radius: 24px; background: #0b5c6b; color: #fff; font-weight: 700; text-align: center; text-decoration: none; }
  .go:focus-visible { outline: 2px solid #0b5c6b; outline-offset: 2px; }
</style>
{% endblock %}
{% block body %}
<main>
  <h1 lang="de">Weiter in Ihre App</h1>
  <p lang="de">Sie sind angemeldet als <strong>{{ user_profile.display_name or user_id }}</strong>. <strong>{{ display_url }}</strong> kann dann Ihre Nachrichten lesen und in Ihrem Namen schreiben.</p>
  <p lang="en">You are signed in as <strong>{{ user_profile.display_name or user_id }}</strong>. <strong>{{ display_url }}</strong> will be able to read your messages and to write in your name.</p>
  <a class="go" href="{{ redirect_url }}">Weiter · Continue</a>
</main>
{% endblock %}
`;

/** Templates that take the place of Synapse's own (https://element-hq.github.io/synapse/latest/templates.html), by file name. */
export const renderPages = (config: Config): Readonly<Record<string, string>> => ({
  '_base.html': frame(config),
  'sso_redirect_confirm.html': confirmation,
});
