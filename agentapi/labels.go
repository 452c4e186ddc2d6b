package agentapi

import (
	"rejoin"
	"rejoin/web"
)

// labels is the tags and custom issue fields of the domain.
type labels struct{ *API }

func (a labels) tags(c call) (any, error) {
	return tagsOf(a.Core.Labels.Tags(c.r.Context(), c.agent))
}

func tagsOf(list []rejoin.Tag, err error) (any, error) {
	return Tags{Tags: mapped(list, func(t rejoin.Tag) Tag { return Tag{ID: t.ID, Name: t.Name, Archived: t.ArchivedAt > 0} })}, err
}

func (a labels) addTag(c call) (any, error) {
	var in NewTag
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return tagsOf(a.Core.Labels.AddTag(c.r.Context(), c.agent, in.Name))
}

func (a labels) archiveTag(c call) (any, error) {
	var in SetArchived
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return tagsOf(a.Core.Labels.ArchiveTag(c.r.Context(), c.agent, c.r.PathValue("tag"), in.Archived))
}

func (a labels) fields(c call) (any, error) {
	return definitionsOf(a.Core.Labels.Fields(c.r.Context(), c.agent))
}

func definitionsOf(list []rejoin.CustomField, err error) (any, error) {
	return CustomFields{Fields: mapped(list, definitionOf)}, err
}

func definitionOf(f rejoin.CustomField) CustomField {
	return CustomField{ID: f.ID, Key: f.Key, Label: f.Label, Type: f.Type, Options: f.Options, Retired: f.Retired, Platforms: listOf(f.Platforms),
		Archived: f.ArchivedAt > 0}
}

func (a labels) addField(c call) (any, error) {
	var in NewCustomField
	if err := web.ReadJSON(c.w, c.r, &in, maxFields); err != nil {
		return nil, err
	}
	return definitionsOf(a.Core.Labels.AddField(c.r.Context(), c.agent, rejoin.CustomField{Key: in.Key, Label: in.Label, Type: in.Type, Options: in.Options,
		Platforms: in.Platforms}))
}

func (a labels) changeField(c call) (any, error) {
	var in SetCustomField
	if err := web.ReadJSON(c.w, c.r, &in, maxFields); err != nil {
		return nil, err
	}
	return definitionsOf(a.Core.Labels.ChangeField(c.r.Context(), c.agent, c.r.PathValue("field"), in.Label, in.Options, in.Platforms))
}

func (a labels) orderFields(c call) (any, error) {
	var in OrderFields
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	return definitionsOf(a.Core.Labels.OrderFields(c.r.Context(), c.agent, in.IDs))
}

func (a labels) archiveField(c call) (any, error) {
	var in SetArchived
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return definitionsOf(a.Core.Labels.ArchiveField(c.r.Context(), c.agent, c.r.PathValue("field"), in.Archived))
}
