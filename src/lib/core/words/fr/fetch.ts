/** In French: see `en/fetch.ts`. */
import type { Words } from '../catalogue.ts';

export const fetch: Words['fetch'] = {
	link: 'Je l’ai acheté sur un autre téléphone',
	title: 'Retrouver un achat',
	lead: 'Pour les achats faits avec un numéro de téléphone. Un code part vers ce téléphone\u00a0; avec lui vous les voyez ici.',
	phone: 'Numéro de téléphone de l’achat',
	phoneHint: 'Avec l’indicatif du pays, par exemple +254 712 345 678',
	send: 'Envoyer le code',
	codeTitle: 'Saisissez le code',
	sent: (phone) =>
		`Si des achats de ce compteur ont été faits avec le ${phone}, un code y est en route. Il est valable 10 minutes, et seul le plus récent compte.`,
	code: 'Code reçu',
	codeHint: '6 chiffres, dans le message',
	codeShort: 'Un code a 6 chiffres.',
	show: 'Voir les achats',
	anew: 'Autre numéro ou nouveau code',
	offline: {
		title: 'Pas de réseau',
		detail:
			'Le code et les achats passent par le réseau. Rien n’a été envoyé\u00a0; réessayez à son retour.',
	},
	unknown: {
		title: 'Pas de réponse',
		detail: 'Le service est injoignable. Réessayez dans un instant.',
	},
	none: {
		title: 'Rien trouvé',
		detail: (days) =>
			`Ces ${days} derniers jours, rien n’a été acheté pour ce compteur avec ce numéro de téléphone.`,
	},
	found: 'Achats de ce compteur',
	since: (phone, days) => `Faits avec le ${phone} ces ${days} derniers jours`,
	notKept: 'Cette page ne les garde pas. Gardez-les seulement sur un téléphone qui est à vous.',
	keep: 'Garder sur cet appareil',
	kept: 'Gardés sur cet appareil. Vous les trouvez sous Achats.',
	notKeptHere: 'Cet appareil n’a pas pu les garder. Sa mémoire est-elle pleine\u00a0?',
	open: 'Ouvrir',
	toAll: 'Voir les achats',
};
