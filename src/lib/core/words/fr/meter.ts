/** In French: see `en/meter.ts`. */
import type { Words } from '../catalogue.ts';

export const meter: Words['meter'] = {
	title: 'Est-ce le bon compteur\u00a0?',
	titleUnknown: 'Un compteur encore inconnu ici',
	back: 'Autre compteur',
	number: 'Numéro du compteur',
	owner: 'Titulaire',
	noOwner: 'Titulaire pas encore enregistré',
	area: 'Quartier',
	virtual: 'Compteur virtuel',
	blocked: 'Bloqué',
	looking: 'Recherche du compteur',
	asOf: (ago) => `Enregistré sur cet appareil ${ago}`,
	confirmed: 'Confirmé à l’instant',
	wrong: 'Ce numéro ne peut pas être juste',
	notHere: {
		title: 'Pas de réseau',
		detail:
			'Ce compteur n’est pas encore connu ici. Quand le réseau reviendra, vous verrez à qui il est et ce que vous obtenez, avant de payer.',
	},
	silent: {
		title: 'Le service ne répond pas',
		detail:
			'Votre réseau marche peut-être, mais pas le service. Vous pouvez demander maintenant et payer à son retour\u00a0: vous verrez alors à qui est le compteur et ce que vous obtenez.',
	},
	helpLine: (number) => `Assistance ${number}`,
	amount: {
		title: 'Combien\u00a0?',
		field: 'Montant',
		limits: (minimum, maximum) => `De ${minimum} à ${maximum}`,
		picks: 'Choix rapide',
		refusals: {
			empty: 'Saisissez un montant ou choisissez-en un.',
			'not-a-number': 'Seulement des chiffres, et un point ou une virgule pour les centimes.',
			'too-many-decimals': 'Il y a plus de décimales que cette monnaie n’en a.',
			'not-positive': 'Le montant doit être supérieur à zéro.',
			'too-large': 'C’est plus que ce qui peut être traité.',
		},
	},
	phone: {
		offer: 'Envoyer aussi le jeton à un téléphone',
		field: 'Numéro de téléphone',
		hint: 'Avec l’indicatif du pays, par exemple +254 712 345 678. Laissez vide pour ne rien envoyer.',
		sound: (phone) => `Le jeton sera aussi envoyé au ${phone}`,
		refusals: {
			empty: '',
			'not-digits': 'Seulement des chiffres, et un plus au début.',
			'no-country': 'Commencez par un plus et l’indicatif du pays, par exemple +254.',
			'too-short': 'Il manque des chiffres.',
			'too-long': 'Il y a trop de chiffres.',
		},
	},
	pay: {
		online: (amount) => `Payer ${amount}`,
		offline: (amount) => `Demander ${amount}, payer plus tard`,
		none: 'Payer',
		offlineNone: 'Demander maintenant, payer plus tard',
		storing: 'Enregistrement',
		next: 'Vous validez le paiement ensuite.',
		later: 'Rien n’est payé maintenant. La demande attend ici.',
	},
	underWay: {
		title: 'Vous avez un achat en cours',
		detail: (amount, state) =>
			`${amount} pour ce compteur\u00a0: ${state}. Ce que vous achetez ici s’y ajoute.`,
		look: 'Continuer cet achat',
	},
	notStored: {
		title: 'L’achat n’a pas pu être enregistré',
		detail: 'Rien n’a été envoyé et rien n’a été payé.',
	},
};
