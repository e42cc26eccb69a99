module example.com/inventory

go 1.26

require github.com/secmodel/secmodel v0.0.0

replace github.com/secmodel/secmodel => ../../..
