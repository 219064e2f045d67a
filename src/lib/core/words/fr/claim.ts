/** In French: see `en/claim.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');

export const claim: Words['claim'] = {
	link: 'J’ai un reçu provisoire',
	title: 'Reçu provisoire',
	lead: 'Une caisse sans réseau vous l’a remis quand vous avez payé. Voyez ici si votre jeton est arrivé.',
	field: 'Code de retrait',
	hint: '9 caractères, imprimés sur le reçu',
	soFar: (count) =>
		`${count} ${plural(count, { one: 'caractère', other: 'caractères' })} pour l’instant, il en faut 9`,
	sound: 'Le caractère de contrôle est bon',
	ask: 'Demander mon jeton',
	again: 'Demander encore',
	notArrived: {
		title: 'Pas encore arrivé',
		detail:
			'La caisse n’a pas encore transmis la vente, ou le reçu porte un autre code ou un autre numéro de compteur. Comparez les deux, gardez le reçu et demandez à nouveau plus tard.',
	},
	waiting: {
		title: 'Votre jeton est en préparation',
		detail: 'La vente est arrivée. Demandez à nouveau dans une minute.',
	},
	refused: {
		title: 'Aucun jeton n’a été créé',
		toFetch: (amount) =>
			`${amount} vous reviennent, à la caisse qui vous a remis le reçu. Apportez le reçu.`,
		givenBack: (amount, moment) => `La caisse dit avoir rendu ${amount} le ${moment}.`,
		code: (code) => `Code ${code}`,
	},
	unknown: {
		title: 'Pas de réponse',
		detail:
			'Le service n’a pas pu être joint. Rien n’est perdu\u00a0; demandez à nouveau quand il y aura du réseau.',
	},
	notKept: 'Cette page ne garde pas le jeton. Notez-le ou partagez-le, et gardez le reçu.',
};
