/** What an agent is told of the PIN: as everybody is, but of sales where a technician has jobs. */
import type { VaultDamage } from '#lib/core/field/keeping.ts';
import { vault } from './vault.ts';

const damages: Record<VaultDamage, string> = {
	'row-damaged':
		'What is stored of your PIN was changed or damaged, so that no PIN opens it. Sign in and choose a new one. Sales that wait are still handed in.',
	'device-keys-missing':
		'The browser has lost this device’s keys, so that no PIN opens what is sealed here. Sign in and choose a new one.',
	'newer-version': vault.damages['newer-version'],
};

export const agentVault = {
	choose: {
		title: 'Choose a PIN for this till',
		lead: 'It opens your sales and customers where there is no network. Nobody can tell you what it is, the office neither.',
		/** Said before the PIN is chosen. */
		destroys: (attempts: string) =>
			`After ${attempts} wrong attempts in a row your customers and tokens on this device are destroyed. Sales that wait are still handed in.`,
	},
	unlock: {
		...vault.unlock,
		destroyed:
			'The PIN was wrong too often. What it opened on this device is destroyed; sales that wait are still handed in. Sign in and choose a new PIN.',
	},
	change: vault.change,
	pinRefusals: vault.pinRefusals,
	damages,
	storeFaults: vault.storeFaults,
	vaultFaults: vault.vaultFaults,
};
