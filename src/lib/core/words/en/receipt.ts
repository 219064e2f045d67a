/** The lines of a receipt, in their order. */
export const receipt = {
	title: 'Receipt',
	number: 'Receipt no.',
	vatNumber: 'VAT no.',
	terminal: 'Sold by',
	issued: 'Date and time',
	customer: 'Customer',
	meter: 'Meter no.',
	sgc: 'Supply group (SGC)',
	krn: 'Key revision (KRN)',
	ti: 'Tariff index (TI)',
	ea: 'Encryption (EA)',
	tct: 'Token carrier (TCT)',
	tariff: 'Tariff',
	tender: 'Tendered',
	change: 'Change',
	units: 'Units',
	balanceAfter: (amount: string) => `${amount} left to pay`,
	/** The token's field can only round up. */
	roundingGain: 'Rounded up on the token',
	token: 'Token',
	helpLine: 'Help line',
};
