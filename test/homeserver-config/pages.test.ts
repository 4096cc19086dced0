import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { renderPages } from '../../homeserver-config/synapse/pages.ts';
import { productionExample } from './example-config.ts';

test('the pages of the homeserver name no address but ours', () => {
  const config = productionExample();
  const addresses = Object.values(renderPages(config)).flatMap((page) => page.match(/(?:https?:)?\/\/[^\s"'<]+/g) ?? []);
  assert.ok(addresses.length > 0);
  for (const address of addresses) assert.ok(address.startsWith(`${config.publicOrigin}/`), address);
});

test('a brand is text on them, whatever it is made of', () => {
  const config = productionExample();
  const pages = renderPages({ ...config, brand: { ...config.brand, name: '<b>{{ user_id }}{% raw %}' } });
  assert.match(pages['_base.html'] ?? '', '&#60;b&#62;&#123;&#123; user_id &#125;&#125;&#123;&#37; raw');
  assert.not.match(pages['_base.html'] ?? '', '{{ user_id');
});

test.run();
