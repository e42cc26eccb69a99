package secmodel

// Codes of suspicions that the formats share: what the option Lint adds to a
// report. Packages of formats add their own. None makes a message invalid, and
// a value that validation found fault with is not suspected as well.
//
//	code                         formats               meaning
//	time_unit_suspicious         ocsf, mozdef          a number that is a likely time only in another unit than the one that is due
//	time_implausible             idmefv2, ocsf, mozdef a time before 1990, or from 2100 on
//	time_order_suspicious        idmefv2, ocsf, mozdef of two times the one that should come first comes second
//	time_contradictory           ocsf, mozdef          two attributes give the same time differently
//	placeholder_value            idmefv2, ocsf, mozdef an identifying attribute that stands for no value: N/A, 0.0.0.0, a UUID of zeros
//	example_value                idmefv2, ocsf, mozdef an address, name or UUID that is set aside for documentation
//	hash_of_nothing              idmefv2, ocsf         the hash of no bytes at all, of something that is not said to be empty
//	identifier_repeated          idmefv2, ocsf         one identifier of two things
//	address_location_suspicious  idmefv2, ocsf, mozdef a place of an address that is in no particular place
//	location_null_island         idmefv2, ocsf, mozdef the coordinates 0,0
//	outcome_contradictory        ocsf, mozdef          attributes that tell of success and of failure
//	severity_contradictory       idmefv2, ocsf, mozdef attributes that tell of danger and of none
//	endpoints_identical          ocsf, mozdef          source and destination have one address and one port
const (
	CodeTimeUnit        = "time_unit_suspicious"
	CodeTimeImplausible = "time_implausible"
	CodeTimeOrder       = "time_order_suspicious"
	CodeTimeConflict    = "time_contradictory"

	CodePlaceholder    = "placeholder_value"
	CodeExample        = "example_value"
	CodeHashOfNothing  = "hash_of_nothing"
	CodeIdentifierTwin = "identifier_repeated"

	CodeAddressLocation = "address_location_suspicious"
	CodeNullIsland      = "location_null_island"

	CodeOutcome   = "outcome_contradictory"
	CodeSeverity  = "severity_contradictory"
	CodeEndpoints = "endpoints_identical"
)
