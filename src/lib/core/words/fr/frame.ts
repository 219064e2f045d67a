/** In French: see `en/frame.ts`. */
import type { Words } from '../catalogue.ts';

export const frame: Words['frame'] = {
	name: 'Tokenline',
	skip: 'Aller au contenu',
	ways: 'Navigation principale',
	topUp: 'Recharger',
	purchases: 'Achats',
	virtualMeter: 'Virtuel',
	atTheMeter: 'Compteur',
	tokens: 'Jetons',
	jobs: 'Tâches',
	tools: 'Outils',
	sell: 'Vendre',
	sales: 'Ventes',
	shift: 'Service',
	till: 'Cette caisse',
	approvals: 'Validations',
	meters: 'Compteurs',
	tills: 'Caisses',
	agents: 'Agents de vente',
	journals: 'Journaux',
	connection: {
		unknown: 'Connexion',
		online: 'En ligne',
		offline: 'Hors ligne',
		sending: 'Envoi',
		waiting: (state, count) => `${state}, ${count} en attente`,
		queued: (count) => `${count} en attente`,
		tryNow: 'Réessayer',
	},
	language: {
		choose: (name) => `Langue\u00a0: ${name}`,
		title: 'Langue',
		close: 'Fermer',
		loading: 'Chargement de la langue',
		notHere: (name) =>
			`${name} n’est pas encore sur cet appareil. Connectez-vous au réseau et choisissez à nouveau.`,
		notKept: 'Le navigateur ne garde rien pour cette page\u00a0; le choix serait perdu.',
	},
	update: {
		ready: 'Une nouvelle version de Tokenline est là.',
		take: 'L’utiliser',
	},
	install: {
		offer: 'Gardez Tokenline sur ce téléphone\u00a0: il s’ouvre alors sans réseau.',
		take: 'Installer',
	},
	failure: {
		notFound: {
			title: 'Cette page n’existe pas',
			detail: 'L’adresse ne mène nulle part. Rien de ce qui est à vous n’est perdu.',
		},
		other: {
			title: 'Cette page n’a pas pu s’afficher',
			detail:
				'Un problème est survenu dans l’application. Vos achats sont gardés sur cet appareil. Rechargez la page.',
		},
		home: 'Aller à l’accueil',
		reload: 'Recharger la page',
		code: (status) => `Code ${status}`,
	},
};
