import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findView, matchPath, type View } from '../../web-client/router.ts';

const view = (path: string): View => ({ path, load: () => Promise.reject(new Error('not loaded here')) });

test('a path matches its address, with or without a slash at the end', () => {
  assert.equal(matchPath('/inbox', '/inbox'), {});
  assert.equal(matchPath('/inbox', '/inbox/'), {});
  assert.equal(matchPath('/', '/'), {});
});

test('another address does not match', () => {
  for (const address of ['/', '/inbox/7', '/inboxes', '/Inbox']) assert.is(matchPath('/inbox', address), undefined, address);
});

test('named parts are decoded', () => {
  assert.equal(matchPath('/companies/:slug/rooms/:room', '/companies/acme/rooms/%21a%2Fb'), { slug: 'acme', room: '!a/b' });
});

test('an empty or broken part matches nothing', () => {
  assert.is(matchPath('/companies/:slug', '/companies/'), undefined);
  assert.is(matchPath('/companies/:slug', '/companies/%E0%A4%A'), undefined);
});

test('the first view that matches is taken', () => {
  const views = [view('/companies/new'), view('/companies/:slug')];
  assert.is(findView(views, '/companies/new')?.view.path, '/companies/new');
  assert.equal(findView(views, '/companies/acme')?.params, { slug: 'acme' });
  assert.is(findView(views, '/elsewhere'), undefined);
});

test.run();
