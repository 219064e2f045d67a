/** Scanning: what the camera is for, why it shows nothing, and why a code is not taken. Till and phone say the same. */
import type { ScanFaultKind, ScanRefusal } from '#lib/core/vending/scan-refusals.ts';

const refusals: Record<ScanRefusal, string> = {
	'scan-empty': 'Nothing could be read. Hold the code flat and try again.',
	'scan-too-long': 'This code holds far too much for a meter’s. Scan the one on the meter.',
	'bank-card-refused': 'This is a bank card. Nothing of it was kept. Use the meter card.',
	'scan-a-token': 'This is a token, not a meter number. Scan the number on the meter or its card.',
	'scan-payment': 'This code is for paying somebody. Scan the one on the meter or its card.',
	'meter-card-unreadable': 'The meter card could not be read. Try again or type the number.',
	'scan-other-issuer': 'This card or code is not of a prepaid electricity meter.',
	'meter-check-digit': 'The check digit does not fit, so a digit is wrong. Type the meter number.',
	'scan-two-meters': 'Two meters are named in this code. Type the number of the one that is meant.',
	'scan-not-a-meter':
		'There is no meter number in this code. Scan the one on the meter or its card.',
};

const faults: Record<ScanFaultKind, string> = {
	'no-support': 'This browser gives the page no camera. Type the number.',
	'no-camera': 'This device has no camera. Type the number.',
	'not-allowed':
		'The page may not use the camera. Allow it in the browser’s settings, or type the number.',
	busy: 'Another app has the camera. Close it and try again, or type the number.',
	'not-loaded':
		'The scanner has to be fetched once, and there is no network. Type the number for now.',
	failed: 'The camera does not answer. Type the number.',
};

export const scan = {
	open: 'Scan',
	title: 'Scan a meter',
	lead: 'QR code, bar code or the code on the meter card.',
	close: 'Close',
	opening: 'Opening the camera',
	refusals,
	faults,
};
