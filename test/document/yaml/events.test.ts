import { Unreadable } from '../../../src/document/unreadable';
import { Events } from '../../../src/document/yaml/events';

test.each(['\0', 'a: b\0', '- \x07', '# \uffff\n', '"\x80"'])('nobody reads events of %j, in which a control character stands', text => {
  expect(() => new Events(`\0${text}`, 1, 1 + text.length)).toThrow(Unreadable);
});

test('a control character before or behind the part is none of its', () => {
  expect(new Events('\0a\0', 1, 2).root()).toBe('scalar');
});
