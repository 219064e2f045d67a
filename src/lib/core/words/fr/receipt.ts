/** In French: see `en/receipt.ts`. */
import type { Words } from '../catalogue.ts';

export const receipt: Words['receipt'] = {
	title: 'Reçu',
	number: 'Reçu n°',
	vatNumber: 'N° de TVA',
	terminal: 'Vendu par',
	issued: 'Date et heure',
	customer: 'Client',
	meter: 'Compteur n°',
	sgc: 'Groupe de fourniture (SGC)',
	krn: 'Révision de la clé (KRN)',
	ti: 'Indice tarifaire (TI)',
	ea: 'Chiffrement (EA)',
	tct: 'Support du jeton (TCT)',
	tariff: 'Tarif',
	tender: 'Somme reçue',
	change: 'Monnaie rendue',
	units: 'Unités',
	balanceAfter: (amount) => `${amount} restent à payer`,
	roundingGain: 'Arrondi en plus sur le jeton',
	token: 'Jeton',
	helpLine: 'Assistance',
};
