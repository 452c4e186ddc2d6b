package agentapi

import (
	"slices"

	"rejoin/web"
)

func operationsOfBots() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/bots", Name: "listBots", Out: Bots{}, Says: "The domain's bots by name."},
		{Pattern: "POST /agent/v1/bots", Name: "addBot", In: NewBot{}, Out: Bot{}, Says: "Makes a bot, empty or as a copy of another one."},
		{Pattern: "GET /agent/v1/bots/{bot}", Name: "getBot", Out: Bot{}, Says: "A bot with its draft, and what has to be corrected before it can be published."},
		{Pattern: "PUT /agent/v1/bots/{bot}", Name: "setBot", In: SetBot{}, Out: Bot{}, Says: "Keeps the draft of a bot."},
		{Pattern: "POST /agent/v1/bots/{bot}/publish", Name: "publishBot", In: PublishBot{}, Out: Bot{}, Says: "Publishes the draft: new conversations begin with it."},
		{Pattern: "POST /agent/v1/bots/{bot}/archive", Name: "archiveBot", In: SetArchived{}, Out: Bot{}, Says: "Archives a bot, or takes it out of the archive."},
		{Pattern: "GET /agent/v1/bots/{bot}/versions", Name: "listBotVersions", Out: BotVersions{}, Says: "The published versions of a bot, newest first."},
		{Pattern: "POST /agent/v1/bots/{bot}/try", Name: "tryBot", In: TryBot{}, Out: Tried{}, Says: "The next thing that a script says and does in a pretended conversation."},
		{Pattern: "POST /agent/v1/bots/{bot}/request", Name: "testRequest", In: TestRequest{}, Out: TestedRequest{}, Says: "Calls the program that a step calls, for real, and shows what it answers."},
	}
}

func operationsOfRules() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/rules", Name: "listRules", Out: Rules{}, Says: "The domain's automations in the order in which they are tried."},
		{Pattern: "POST /agent/v1/rules", Name: "addRule", In: SetRule{}, Out: Rule{}, Says: "Makes an automation, as the last one of its trigger."},
		{Pattern: "GET /agent/v1/rules/{rule}", Name: "getRule", Out: Rule{}, Says: "One automation."},
		{Pattern: "PUT /agent/v1/rules/{rule}", Name: "setRule", In: SetRule{}, Out: Rule{}, Says: "Changes an automation."},
		{Pattern: "DELETE /agent/v1/rules/{rule}", Name: "deleteRule", Out: Rules{}, Says: "Deletes an automation."},
		{Pattern: "POST /agent/v1/rules/order", Name: "orderRules", In: OrderRules{}, Out: Rules{}, Says: "Puts automations in another order."},
		{Pattern: "POST /agent/v1/rules/try", Name: "tryRule", In: TryRule{}, Out: TriedRule{}, Says: "Tells whether an automation would run in a conversation right now, and why or why not."},
		{Pattern: "GET /agent/v1/rules/options", Name: "ruleOptions", Out: RuleOptions{}, Says: "What conditions and actions can name."},
	}
}

func operationsOfReports() []web.Operation {
	app := web.Parameter{Name: "app", Says: "Only this app, by id; without it all of the domain's."}
	zone := web.Parameter{Name: "zone", Says: "The IANA name of the zone that days and hours are of.", Example: "Europe/Zurich"}
	span := append([]web.Parameter{app, zone}, within()...)
	mails := append([]web.Parameter{app, {Name: "state", Says: "Only what stands so.", Values: []string{"mailed", "waiting", "skipped", "cancelled", "failed"}},
		{Name: "reason", Says: "Only for this reason."}, {Name: "q", Says: "A part of an address, or a conversation's number."}}, within()...)
	return []web.Operation{
		{Pattern: "GET /agent/v1/reports", Name: "getReport", Query: span, Out: Report{}, Says: "The report of a span of time, at most 366 days; without one the last 28 days."},
		{Pattern: "GET /agent/v1/reports.csv", Name: "getReportFile", Out: web.File{Type: "text/csv"}, Says: "A table of the report as a file.",
			Query: append([]web.Parameter{{Name: "table", Says: "Which one.", Required: true,
				Values: []string{"journey", "days", "response", "resolution", "volume", "ratings", "agents", "outcomes"}}}, span...)},
		{Pattern: "GET /agent/v1/mails", Name: "listMails", Query: append([]web.Parameter{cursor()}, mails...), Out: Mails{}, Says: "What was mailed and what was not, with the reason, newest first."},
		{Pattern: "GET /agent/v1/mails.csv", Name: "getMailsFile", Query: append([]web.Parameter{zone}, slices.Clone(mails)...), Out: web.File{Type: "text/csv"}, Says: "The first 10,000 of them as a file."},
		{Pattern: "POST /agent/v1/apps/{app}/simulate", Name: "simulate", In: TryFollowUp{}, Out: Simulation{}, Says: "The last days again, with other settings of the follow-up e-mails. Nothing is stored or mailed."},
	}
}
