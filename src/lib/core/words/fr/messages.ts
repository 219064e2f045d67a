/** In French: see `en/messages.ts`. */
import type { Words } from '../catalogue.ts';

export const messages: Words['messages'] = {
	code: (utility, digits) =>
		`${utility}: votre code est ${digits}. Il est valable 10 minutes. Ne le donnez à personne.`,
	fetchCode: (utility, drn, digits) =>
		`${utility}: votre code pour voir les achats du compteur ${drn} est ${digits}. Il est valable 10 minutes. Ne le donnez à personne.`,
	token: {
		meter: (drn) => `Compteur ${drn}`,
		bought: (energy, amount) => `${energy} pour ${amount}`,
		one: (digits) => `Jeton:\n${digits}`,
		order: (count) => `Saisissez les ${count} jetons, dans cet ordre:`,
		place: (place, of, digits, isKeyChange) =>
			`${place} sur ${of}${isKeyChange ? ' (nouvelle clé)' : ''}:\n${digits}`,
		receipt: (number) => `Reçu ${number}`,
		test: 'TEST: aucun vrai compteur ne l’accepte.',
	},
};
