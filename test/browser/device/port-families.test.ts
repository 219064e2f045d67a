import { expect, test } from 'vitest';
import { likeliestFirst, PORT_FAMILIES, portFamilies } from '#lib/browser/device/port-families.ts';

test('a browser offers the families of ports that it has, and no others', () => {
	expect(portFamilies({ serial: {}, usb: {} })).toEqual(PORT_FAMILIES);
	expect(portFamilies({ usb: {} })).toEqual(['usb']);
	expect(portFamilies({ bluetooth: {} })).toEqual([]);
	expect(portFamilies({})).toEqual([]);
});

test('an Android phone drives the probe itself', () => {
	expect(likeliestFirst(['serial', 'usb'], true)).toEqual(['usb', 'serial']);
	expect(likeliestFirst(['serial', 'usb'], false)).toEqual(['serial', 'usb']);
	expect(likeliestFirst(['serial'], true)).toEqual(['serial']);
});
