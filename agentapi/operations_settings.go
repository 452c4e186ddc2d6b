package agentapi

import "rejoin/web"

func operationsOfTeam() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/team", Name: "getTeam", Out: Team{}, Says: "The domain's people, and for administrators who is invited."},
		{Pattern: "PUT /agent/v1/team/{agent}", Name: "setMember", In: SetMember{}, Out: Team{}, Says: "Changes a colleague's name, nickname and role."},
		{Pattern: "POST /agent/v1/team/{agent}/deactivate", Name: "deactivate", In: nothing, Out: Team{}, Says: "Takes a colleague's access away, and gives their open conversations back."},
		{Pattern: "POST /agent/v1/team/{agent}/reactivate", Name: "reactivate", In: nothing, Out: Team{}, Says: "Gives a colleague access again."},
		{Pattern: "POST /agent/v1/team/{agent}/reset-two-factor", Name: "resetTwoFactor", In: nothing, Out: Team{}, Says: "Switches a colleague's second factor off, for those who have lost it."},
		{Pattern: "POST /agent/v1/invitations", Name: "invite", In: Invite{}, Out: Team{}, Says: "Invites somebody by e-mail."},
		{Pattern: "POST /agent/v1/invitations/{invitation}/resend", Name: "resendInvitation", In: nothing, Out: Team{}, Says: "Sends an invitation again, with a new link."},
		{Pattern: "DELETE /agent/v1/invitations/{invitation}", Name: "withdrawInvitation", Out: Team{}, Says: "Withdraws an invitation."},
	}
}

func operationsOfApps() []web.Operation {
	return append(operationsOfChat(), []web.Operation{
		{Pattern: "GET /agent/v1/apps/{app}/platforms", Name: "listPlatforms", Out: AppPlatforms{}, Says: "The ways to reach an app."},
		{Pattern: "POST /agent/v1/apps/{app}/platforms", Name: "addPlatform", In: NewPlatform{}, Out: AppPlatforms{}, Says: "Adds iOS or Android to an app."},
		{Pattern: "PUT /agent/v1/apps/{app}/platforms/{platform}", Name: "setPlatform", In: SetPlatform{}, Out: AppPlatforms{}, Says: "Says whether new conversations may begin on a platform."},
		{Pattern: "GET /agent/v1/apps/{app}/hours", Name: "getHours", Out: Hours{}, Says: "The business hours of an app, and whether it is open right now."},
		{Pattern: "PUT /agent/v1/apps/{app}/hours", Name: "setHours", In: SetHours{}, Out: Hours{}, Says: "Changes the business hours of an app."},
		{Pattern: "POST /agent/v1/apps/{app}/hours/try", Name: "tryHours", In: TryHours{}, Out: Hours{}, Says: "How it would be with business hours that are not stored."},
		{Pattern: "GET /agent/v1/apps/{app}/identity", Name: "getVerification", Out: Verification{}, Says: "Whether identities must be signed, and with which secrets."},
		{Pattern: "PUT /agent/v1/apps/{app}/identity", Name: "setVerification", In: SetVerification{}, Out: Verification{}, Says: "Says whether identities must be signed."},
		{Pattern: "POST /agent/v1/apps/{app}/identity/secrets", Name: "makeSecret", In: nothing, Out: Verification{}, Says: "Makes a second secret to sign with."},
		{Pattern: "DELETE /agent/v1/apps/{app}/identity/secrets/{secret}", Name: "deleteSecret", Out: Verification{}, Says: "Deletes a secret: what is signed with it is refused from now on."},
		{Pattern: "POST /agent/v1/apps/{app}/identity/secrets/{secret}/reveal", Name: "revealSecret", In: nothing, Out: Revealed{}, Says: "Shows a secret, and notes who has looked."},
		{Pattern: "POST /agent/v1/apps/{app}/identity/test", Name: "testIdentity", In: TestIdentity{}, Out: Tested{}, Says: "Tells whether a signature would be taken, and why not."},
	}...)
}

func operationsOfChat() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/apps", Name: "listApps", Out: Apps{}, Says: "The domain's apps with their settings."},
		{Pattern: "POST /agent/v1/apps", Name: "addApp", In: NewApp{}, Out: App{}, Says: "Makes an app, with its web platform and a first secret."},
		{Pattern: "GET /agent/v1/apps/{app}", Name: "getApp", Out: App{}, Says: "An app with its settings and the code to embed."},
		{Pattern: "PUT /agent/v1/apps/{app}", Name: "renameApp", In: RenameApp{}, Out: App{}, Says: "Renames an app."},
		{Pattern: "PUT /agent/v1/apps/{app}/web-chat", Name: "setWebChat", In: SetWebChat{}, Out: App{}, Says: "Changes the settings of Configure Web Chat. What is left out stays as it is."},
		{Pattern: "POST /agent/v1/apps/{app}/web-chat/preview", Name: "previewMail", In: SetWebChat{}, Out: Preview{}, Says: "The follow-up e-mail as these settings would make it. Nothing is stored."},
		{Pattern: "POST /agent/v1/apps/{app}/web-chat/look", Name: "previewLook", In: SetWebChat{}, Out: Look{}, Says: "The colours of the chat as these settings would make them. Nothing is stored."},
		{Pattern: "GET /agent/v1/apps/{app}/bots", Name: "getAppBots", Out: IdentityBotPage{}, Says: "Which bots an app has, and what the Identity Bot says."},
		{Pattern: "PUT /agent/v1/apps/{app}/bots", Name: "setAppBots", In: IdentityBotPage{}, Out: IdentityBotPage{}, Says: "Changes them."},
	}
}

func operationsOfLabels() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/tags", Name: "listTags", Out: Tags{}, Says: "The domain's tags by name, archived ones too."},
		{Pattern: "POST /agent/v1/tags", Name: "addTag", In: NewTag{}, Out: Tags{}, Says: "Makes a tag."},
		{Pattern: "POST /agent/v1/tags/{tag}/archive", Name: "archiveTag", In: SetArchived{}, Out: Tags{}, Says: "Archives a tag, or takes it out of the archive. Conversations keep it."},
		{Pattern: "GET /agent/v1/fields", Name: "listFields", Out: CustomFields{}, Says: "The domain's custom issue fields in their order, archived ones too."},
		{Pattern: "POST /agent/v1/fields", Name: "addField", In: NewCustomField{}, Out: CustomFields{}, Says: "Makes a custom issue field, as the last one."},
		{Pattern: "PUT /agent/v1/fields/{field}", Name: "setFieldDefinition", In: SetCustomField{}, Out: CustomFields{}, Says: "Changes the label, options and platforms of a field."},
		{Pattern: "POST /agent/v1/fields/order", Name: "orderFields", In: OrderFields{}, Out: CustomFields{}, Says: "Puts fields in another order."},
		{Pattern: "POST /agent/v1/fields/{field}/archive", Name: "archiveField", In: SetArchived{}, Out: CustomFields{}, Says: "Archives a field, or takes it out of the archive. Conversations keep its values."},
	}
}

func operationsOfQueues() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/queues", Name: "listQueues", Out: Queues{}, Says: "The domain's queues, with how many wait in them."},
		{Pattern: "POST /agent/v1/queues", Name: "addQueue", In: SetQueue{}, Out: Queues{}, Says: "Makes a queue."},
		{Pattern: "PUT /agent/v1/queues/{queue}", Name: "setQueue", In: SetQueue{}, Out: Queues{}, Says: "Changes a queue."},
		{Pattern: "POST /agent/v1/queues/{queue}/archive", Name: "archiveQueue", In: SetArchived{}, Out: Queues{}, Says: "Archives a queue, or takes it out of the archive. Its conversations leave it."},
	}
}

func operationsOfKeys() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/api-keys", Name: "listKeys", Out: APIKeys{}, Says: "The keys of the REST API: valid ones, and those revoked within 90 days."},
		{Pattern: "POST /agent/v1/api-keys", Name: "makeKey", In: NewAPIKey{}, Out: APIKeys{}, Says: "Makes a key. The answer tells it, now and never again."},
		{Pattern: "DELETE /agent/v1/api-keys/{key}", Name: "revokeKey", Out: APIKeys{}, Says: "Revokes a key: programs that use it are refused from now on."},
		{Pattern: "PUT /agent/v1/api-keys/limit", Name: "setKeyLimit", In: SetAPILimit{}, Out: APIKeys{}, Says: "Sets how many requests each key may make in a minute."},
	}
}

func operationsOfWebhooks() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/webhooks", Name: "listWebhooks", Out: Webhooks{}, Says: "The domain's webhooks, and how they do."},
		{Pattern: "POST /agent/v1/webhooks", Name: "addWebhook", In: SetWebhook{}, Out: Webhooks{}, Says: "Makes a webhook with a secret."},
		{Pattern: "PUT /agent/v1/webhooks/{webhook}", Name: "setWebhook", In: SetWebhook{}, Out: Webhooks{}, Says: "Changes a webhook. What waits goes to its new address."},
		{Pattern: "DELETE /agent/v1/webhooks/{webhook}", Name: "deleteWebhook", Out: Webhooks{}, Says: "Deletes a webhook with its log. What waits is not sent any more."},
		{Pattern: "POST /agent/v1/webhooks/{webhook}/pause", Name: "pauseWebhook", In: SetPaused{}, Out: Webhooks{}, Says: "Pauses a webhook, or lets it go on."},
		{Pattern: "POST /agent/v1/webhooks/{webhook}/secrets", Name: "makeWebhookSecret", In: nothing, Out: Webhooks{}, Says: "Makes a second secret. Both sign until one is dropped."},
		{Pattern: "GET /agent/v1/webhooks/{webhook}/secrets/{secret}", Name: "getWebhookSecret", Out: SecretValue{}, Says: "Shows a secret, and notes who has looked."},
		{Pattern: "DELETE /agent/v1/webhooks/{webhook}/secrets/{secret}", Name: "dropWebhookSecret", Out: Webhooks{}, Says: "Drops one of two secrets."},
		{Pattern: "POST /agent/v1/webhooks/try", Name: "tryWebhook", In: TryWebhook{}, Out: DeliveryDetail{}, Says: "Delivers an example, or the state of a real conversation, and shows what the program answers."},
		{Pattern: "GET /agent/v1/webhooks/{webhook}/deliveries", Name: "listDeliveries", Out: Deliveries{}, Says: "The log of a webhook, newest first.",
			Query: []web.Parameter{cursor(), {Name: "state", Says: "Only deliveries in this state.", Values: []string{"waiting", "delivered", "failed", "dropped"}},
				{Name: "number", Kind: web.Number, Says: "Only about the conversation of this number."}}},
		{Pattern: "GET /agent/v1/webhooks/{webhook}/deliveries/{delivery}", Name: "getDelivery", Out: DeliveryDetail{}, Says: "One delivery: what was sent, and each attempt with its answer."},
		{Pattern: "POST /agent/v1/webhooks/{webhook}/replay", Name: "replay", In: Replay{}, Out: Replayed{}, Says: "Sends deliveries again, with the ids they had."},
	}
}
