import { withArticle } from '../../src/errors/article';

test.each([
  'a Secret', 'an Ingress', 'an ExternalSecret', 'an OnePasswordItem', 'an HTTPRoute', 'an SSHKey', 'an MFA', 'a UUID', 'a User', 'a Horse', 'a ', 'an app',
])('the article of %s', text => {
  expect(withArticle(text.slice(text.indexOf(' ') + 1))).toBe(text);
});
