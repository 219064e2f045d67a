/** In French: see `en/use.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('fr');
const days = (count: string): string =>
	`${count} ${plural(count, { one: 'jour', other: 'jours' })}`;

export const use: Words['use'] = {
	link: 'Consommation et jours restants',
	title: 'Consommation et jours restants',
	estimate: 'Estimation',
	left: {
		about: (count) => `Il reste environ ${days(count)}`,
		long: (count) => `Il reste plus de ${days(count)}`,
		today: 'Il reste moins d’un jour',
		over: 'Le crédit devrait être épuisé',
		overDetail: 'Si le compteur a encore du crédit, tapez ci-dessous ce qu’il affiche.',
		unknown: 'On ne sait pas encore combien de temps il dure',
		figures: (credit, perDay) => `Environ ${credit} sur le compteur, ${perDay} par jour.`,
		fromReading: 'D’après ce que le compteur affichait et ce qui a été acheté ici depuis.',
		fromPurchases:
			'D’après ce qui a été acheté sur ce téléphone, comme s’il restait peu à chaque fois.',
		others: 'Ce que d’autres ont acheté pour ce compteur n’est pas connu ici.',
	},
	missing: {
		'nothing-known': 'Rien n’a été acheté récemment pour ce compteur sur ce téléphone.',
		'bought-once': 'Un seul achat ne dit pas combien de temps il dure.',
		'too-short': 'Il faut une semaine entre deux achats, ou deux relevés du compteur.',
		'no-use': 'Rien n’a été consommé entre les relevés.',
		'clock-behind': 'La date de ce téléphone est en retard. Réglez-la d’abord.',
	},
	reading: {
		title: 'Qu’affiche le compteur ?',
		why: 'L’estimation en devient meilleure.',
		field: 'Crédit en kWh',
		hint: 'Comme à l’écran, par exemple 12,4',
		save: 'Garder',
		last: (credit, ago) => `${credit}, ${ago}`,
		remove: 'Retirer',
		refusals: {
			empty: 'Tapez ce que l’écran affiche.',
			'not-a-number': 'Seulement des chiffres, et un point ou une virgule.',
			'too-much': 'Aucun compteur n’affiche autant.',
		},
	},
	months: {
		title: 'Acheté par mois',
		table: 'En tableau',
		month: 'Mois',
	},
	advice: {
		wait: (day, gain) =>
			`Le ${day}, les tranches moins chères recommencent : le même argent achète au moins ${gain} de plus.`,
		ifItLasts: 'N’attendez que si votre crédit dure jusque-là.',
		buyNow: (day, gain) =>
			`Dépensé au plus tard le ${day}, puis seulement pour le reste des besoins du mois suivant, le même argent achète au moins ${gain} de plus qu’entièrement à partir du 1er.`,
		known: 'Pour autant que ce téléphone le sache.',
	},
	reminder: {
		title: 'Me rappeler',
		when: (count) => `${days(count)} avant`,
		off: 'Jamais',
		around: (day) => `Vers le ${day}.`,
		noTime: 'Le moment sera calculé quand on en saura plus.',
		passed: 'Pour cette fois, le moment est passé. Le rappel viendra après le prochain achat.',
		push: 'Une notification vient même quand l’application est fermée.',
		waiting: 'Le service l’apprendra au retour du réseau.',
		inApp: 'Il s’affiche quand vous ouvrez l’application.',
		blocked:
			'Le navigateur bloque les notifications. Il s’affiche quand vous ouvrez l’application.',
		notStored: 'Cet appareil n’a plus de place pour le garder.',
		noteTitle: (name) => `Électricité : ${name}`,
		noteBody: (count) => `Crédit pour environ ${days(count)}, selon l’estimation de ce téléphone.`,
		topUp: 'Recharger',
		putAway: 'Masquer',
	},
};
