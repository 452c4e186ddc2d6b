package store

import (
	"math"
	"slices"
	"strconv"

	"rejoin"
)

// indexIssue keeps what a new issue is found and filtered by.
func (tx *Tx) indexIssue(i rejoin.Issue) error {
	if i.Title != "" {
		if err := tx.index(i.ID, partTitle, i.Title); err != nil {
			return err
		}
	}
	if err := tx.indexPersonOf(i.ID, i.UserID); err != nil {
		return err
	}
	if err := tx.addTags(i.ID, i.Tags); err != nil {
		return err
	}
	return tx.addFields(i.ID, i.Fields)
}

// SetTags stores which tags the issue carries. SaveIssue does not.
func (tx *Tx) SetTags(issueID string, tags []string) error {
	kept, err := toJSON(slices.Concat([]string{}, tags))
	if err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE issues SET tags = $2 WHERE id = $1`, issueID, kept); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM issue_tags WHERE issue_id = $1`, issueID); err != nil {
		return err
	}
	return tx.addTags(issueID, tags)
}

func (tx *Tx) addTags(issueID string, tags []string) error {
	for _, tag := range tags {
		if _, err := tx.exec(`INSERT INTO issue_tags (issue_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING`, issueID, tag); err != nil {
			return err
		}
	}
	return nil
}

// SetFields stores the custom issue fields of the issue. SaveIssue does not.
func (tx *Tx) SetFields(issueID string, values rejoin.FieldValues) error {
	if values == nil {
		values = rejoin.FieldValues{}
	}
	kept, err := toJSON(values)
	if err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE issues SET fields = $2 WHERE id = $1`, issueID, kept); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM issue_fields WHERE issue_id = $1`, issueID); err != nil {
		return err
	}
	return tx.addFields(issueID, values)
}

func (tx *Tx) addFields(issueID string, values rejoin.FieldValues) error {
	for key, v := range values {
		_, err := tx.exec(`INSERT INTO issue_fields (issue_id, key, value, number) VALUES ($1, $2, $3, $4)`, issueID, key, v.Value, thousandths(v))
		if err != nil {
			return err
		}
	}
	return nil
}

// thousandths is a number or a date as numbers are compared; nil for other values.
func thousandths(v rejoin.FieldValue) any {
	if v.Type != rejoin.Number && v.Type != rejoin.Date {
		return nil
	}
	return toThousandths(v.Value)
}

// toThousandths is nil for what is not a number.
func toThousandths(text string) any {
	const most = 9e18 // nearly what a BIGINT holds
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) {
		return nil
	}
	return int64(math.Round(min(max(n*1000, -most), most)))
}
