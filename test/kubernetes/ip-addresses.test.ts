import { ipAddress, sloppyIpAddress } from '../../src/kubernetes/ip-addresses';

test.each(['10.9.8.7', '0.0.0.0', '::1', '2001:db8::ffff', '1:2:3:4:5:6:7::', '::1.2.3.4', '64:ff9b::1.2.3.4', 'FE80::1', '100.20.30.40', '1.2.30.100', '::', '1::ffff:1.2.3.4', 'ffff::1.2.3.4', '::ffff:0:1.2.3.4', '::ffff'])('%j is an address in every version', address => {
  expect([sloppyIpAddress(address), ipAddress(address)]).toEqual([[], []]);
});

test.each(['01.2.3.4', '010.002.3.4', '::ffff:1.2.3.4', '::ffff:01.2.3.4', '::ffff:102:304', '0:0:0:0:0:ffff:1.2.3.4', '0::FFFF:102:304', '1.2.3.04', '1.2.030.4', '::1.2.3.04'])('%j is one up to 1.35 only', address => {
  expect(sloppyIpAddress(address)).toEqual([]);
  expect(ipAddress(address)).not.toEqual([]);
});

test.each(['', 'x', '1.2.3', '1.2.3.256', '1.2.3.4.5', 'fe80::1%eth0', '1::2::3', '1:2:3:4:5:6:7:8:9', '::g', '1.2.3.4 ', '::ffff:a.b', '1.2.3.-4', 'x1.2.3.4', '1.2.3.4x', '1.2.3.04x', '0x01.2.3.4'])('%j is none', address => {
  const problems = ['must be an IP address, such as 10.9.8.7 or 2001:db8::ffff'];
  expect([sloppyIpAddress(address), ipAddress(address)]).toEqual([problems, problems]);
});
