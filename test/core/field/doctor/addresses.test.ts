import { describe, expect, it } from 'vitest';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { candidateAddresses, physicalsOfSerial } from '#lib/core/field/doctor/addresses.ts';
import { formatAddress } from '#lib/core/field/doctor/facts.ts';

const shown = (addresses: ReturnType<typeof candidateAddresses>): string[] =>
	addresses.map((address) => `${formatAddress(address)}:${address.length}`);

describe('addresses nobody told', () => {
	it('are tried from the likely to the one of all stations', () => {
		expect(shown(candidateAddresses({}, undefined))).toEqual([
			'1:1',
			'1/17:2',
			'1/17:4',
			'1/127:2',
			'1/16383:4',
		]);
	});

	it('begin with the one that is expected, and have none twice', () => {
		expect(shown(candidateAddresses({ address: meterAddress(1, 17) }, undefined))).toEqual([
			'1/17:2',
			'1:1',
			'1/17:4',
			'1/127:2',
			'1/16383:4',
		]);
		expect(shown(candidateAddresses({ address: meterAddress(163, 5481) }, undefined))).toEqual([
			'163/5481:4',
			'163/17:4',
			'163/16383:4',
		]);
	});

	it('are made from a serial number by both rules', () => {
		expect(physicalsOfSerial('12345678903')).toEqual([9903, 8903]);
		expect(physicalsOfSerial('LGZ-00 17')).toEqual([1017, 17]);
		expect(physicalsOfSerial('none')).toEqual([]);
		expect(shown(candidateAddresses({}, '12345678903'))).toContain('1/9903:4');
	});
});
