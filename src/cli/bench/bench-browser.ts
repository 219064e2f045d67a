/** How every bench starts its Chromium: nothing of the browser's own goes on beside what is measured. */
export const BROWSER_FLAGS: readonly string[] = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
